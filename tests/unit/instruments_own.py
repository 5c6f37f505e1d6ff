"""An instrument as an office might bring it, for tests."""

MINE = """
key: own
version: 1
label: {zh: 自备量表, en: Own scale}
measures: {zh: 某事, en: Something}
window: {zh: 今天, en: Today}
mode: user_supplied
filled_by: self
higher: worse
translation: none
licence: {zh: 本所购买, en: Bought}
credit: nobody
sources: [manual]
last_checked: 2026-11-26
options:
  yes_no: [{answer: 0}, {answer: 1}]
items:
  - {key: a, options: yes_no}
  - {key: b, options: yes_no}
scales:
  - key: total
    label: {zh: 总分, en: Total}
    items: [1-2]
    times: 1
    missing: 0
    bands:
      - {from: 0, to: 1, label: {zh: 少, en: Few}}
      - {from: 2, to: 2, label: {zh: 多, en: Many}}
"""
