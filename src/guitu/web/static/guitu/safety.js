// NFC where the browser has it: a tag holds the same address as the printed code. Without it the page works by
// camera and by typing.

const PATH = "/safety/at/";
const known = "NDEFReader" in window;

const reading = document.querySelector("[data-nfc]");
if (reading && known) {
  const says = reading.querySelector("[data-nfc-says]");
  reading.hidden = false;
  reading.querySelector("button").addEventListener("click", async () => {
    try {
      const reader = new NDEFReader();
      await reader.scan();
      says.textContent = reading.dataset.ready;
      reader.addEventListener("readingerror", () => { says.textContent = reading.dataset.failed; });
      reader.addEventListener("reading", ({ message }) => {
        for (const record of message.records) {
          if (record.recordType !== "url" && record.recordType !== "absolute-url") continue;
          const { pathname } = new URL(new TextDecoder().decode(record.data), location.href);
          if (pathname.startsWith(PATH)) location.assign(pathname);
        }
      });
    } catch {
      says.textContent = reading.dataset.failed;
    }
  });
}

const tags = document.querySelector("[data-tags]");
if (tags && known) {
  for (const tag of tags.querySelectorAll("[data-tag]")) {
    const says = tag.querySelector("[role=status]");
    tag.hidden = false;
    tag.querySelector("button").addEventListener("click", async () => {
      says.textContent = tags.dataset.ready;
      try {
        await new NDEFReader().write({ records: [{ recordType: "url", data: tag.dataset.tag }] });
        says.textContent = tags.dataset.done;
      } catch {
        says.textContent = tags.dataset.failed;
      }
    });
  }
}
