# Guitu 归途. `make` alone lists what can be done.
# Every task may be run again; what is already done is not done twice.
# ARGS is passed on: make test-fast ARGS="-k refusal", make demo ARGS="--people 500".
# PYTHON=/path/to/python chooses the interpreter (3.11-3.13) that .venv is made from.

.DEFAULT_GOAL := help
.PHONY: help setup setup-spark setup-maps setup-runtime demo serve test test-fast test-nightly check audit messages docs bench screenshots spark-cluster lock clean

PY := .venv/bin/python
export PYTHON

help:  ## 列出全部任务 / list every task
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup:  ## 建立开发环境 / make .venv with everything that working on Guitu needs
	@sh tools/setup test

setup-spark:  ## 加装 Apache Spark（需要 Java 17）/ add Apache Spark to .venv: for tests and sweeps on a cluster
	@sh tools/setup spark

setup-maps: setup-runtime  ## 加装县区轮廓图 / add the outlines of China's places to .venv, for maps of figures
	@sh tools/setup maps

setup-runtime:
	@sh tools/setup runtime

demo: setup-runtime  ## 建立虚构省份并打开页面 / build a fictional province and open it in the browser
	@$(PY) tools/messages.py compile
	@.venv/bin/guitu demo $(ARGS)

serve: setup-runtime  ## 启动服务 / serve the store under GUITU_HOME
	@$(PY) tools/messages.py compile
	@.venv/bin/guitu serve $(ARGS)

test: setup  ## 全部测试 / every test: SQLite, PostgreSQL and a real browser; says what could not run
	@$(PY) tools/messages.py compile
	@$(PY) tools/run_tests.py $(ARGS)

test-fast: setup  ## 快速测试 / the tests that need no PostgreSQL, no browser and no patience
	@$(PY) tools/messages.py compile
	@$(PY) -m pytest -q -m "not browser and not postgres and not slow and not exhaustive" $(ARGS)

test-nightly: setup  ## 夜间大样本测试 / the equality and fuzzing tests with thousands of examples, and every role on PostgreSQL: hours
	@$(PY) tools/messages.py compile
	@GUITU_SWEEP_EXAMPLES=5000 GUITU_FIGURES_EXAMPLES=2000 GUITU_HISTORIES=5000 GUITU_DISCLOSURE=5000 GUITU_FUZZ=200 \
	  GUITU_API_EXAMPLES=100 $(PY) -m pytest tests/sweep tests/generative tests/security/test_fuzz_forms.py \
	  tests/web/test_api_schema.py $(ARGS)
	@GUITU_TEST_DATABASE=postgresql $(PY) -m pytest tests/security/test_access_matrix.py $(ARGS)

check: setup  ## 静态检查 / lint, types, the law's citations, translations, and drift of generated docs
	@$(PY) tools/check.py

audit: setup  ## 查已知漏洞（需要网络）/ ask an advisory service about every locked version: needs the network
	@$(PY) -m pip_audit --version >/dev/null 2>&1 || { echo "未安装 pip-audit；请在能上网的机器上安装后再运行 / pip-audit is not installed: install it on a machine with a network"; exit 2; }
	@$(PY) -m pip_audit --require-hashes --disable-pip -r requirements.lock

messages: setup  ## 更新并编译词条 / bring the catalogues of page words up to date and compile them
	@$(PY) tools/messages.py update

docs: setup  ## 生成参考文档 / write docs/reference from the declarations
	@$(PY) tools/reference.py

bench: setup  ## 性能测量 / measure, and print the figures as JSON
	@.venv/bin/guitu bench --json $(ARGS)

screenshots: setup  ## 截图 / make the pictures of every page in docs/images
	@$(PY) tools/messages.py compile
	@$(PY) tools/screenshots.py $(ARGS)

spark-cluster: setup-spark  ## 本机 Spark 集群 / a Spark master and workers on this machine, which stop by themselves
	@$(PY) -m guitu.bench.cluster $(ARGS)

lock: setup  ## 更新依赖锁 / resolve pyproject.toml again into both lock files, with digests and no addresses
	@sh tools/lock

clean:  ## 清理 / remove caches and what is made from the sources (never data, never .venv)
	@rm -rf build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis staticfiles
	@find src tests tools -name __pycache__ -type d -prune -exec rm -rf {} +
	@find src -name '*.mo' -delete
	@echo "已清理 / clean"
