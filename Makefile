# The one door to everything: `make help` lists what there is.
# Variables: ONLY, PORT, STRONGROOM_VAR, PYTHON, NGINX_PROGRAM, DATABASE_URL with DATABASE_OWNER_URL.

SHELL := /bin/sh
MAKEFLAGS += --no-print-directory
.DEFAULT_GOAL := help
.PHONY: help run test proof bench pictures check fix lock words manage local dev programs

python := .venv/bin/python
for_tests := DJANGO_SETTINGS_MODULE=settings.testing DATABASE_TIMEOUT=1
templates = $$(git ls-files -co --exclude-standard 'templates/*.html' '*/templates/*.html')
import_linter := -c "from importlinter.cli import lint_imports_command as lint; lint()"

help: ## list these targets
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 18

run: local ## everything from nothing, at http://localhost:8000 (or PORT)
	@$(python) -m settings.stack

test: dev programs ## all tests, on real servers; more options with ARGS="-k upload"
	$(python) -m pytest -n 2 -m "not proof" $(ARGS)

proof: dev programs ## the full matrices, repetitions and large files: long
	$(python) -m pytest -n 2 -m proof --timeout=3600 $(ARGS)

bench: dev programs ## how fast, beside what: var/bench.json; a part of it with ONLY=list
	$(python) -m tests.bench --only "$(ONLY)"

pictures: dev programs ## take the pictures of README.md anew, of the demo in a real browser
	PICTURES=1 $(python) -m pytest tests/journeys/test_pictures.py -k "not readme" $(ARGS)

check: dev ## format, lint, types, layers, templates, migrations, checks, nginx, docker
	$(python) -m ruff format --check .
	$(python) -m ruff check .
	$(python) -m mypy
	$(python) $(import_linter)
	.venv/bin/djade --check $(templates)
	$(for_tests) $(python) -W ignore::RuntimeWarning manage.py makemigrations --check --dry-run
	$(for_tests) $(python) manage.py check
	$(python) -m settings.stack.lint_nginx
	.venv/bin/hadolint --failure-threshold style docker/Dockerfile
	$(python) -m compose_lint check --quiet --no-env --fail-on medium --strict-config \
		--config docker/compose-lint.yml --skip-suppressed docker/compose.yml

fix: dev ## format and mend what can be mended
	$(python) -m ruff format .
	$(python) -m ruff check --fix .
	.venv/bin/djade $(templates)

lock: dev ## write the requirements anew from pyproject.toml
	$(call compile,requirements.txt,)
	$(call compile,requirements-local.txt,--group local)
	$(call compile,requirements-dev.txt,--group local --group dev)

words: dev programs ## gather the words anew from the source, and compile the translations
	$(for_tests) $(python) -W ignore::RuntimeWarning -m settings.words

manage: local ## run a command of manage.py: make manage ARGS="create_token ..."
	@$(python) manage.py $(ARGS)

local:
	@sh settings/stack/venv.sh requirements-local.txt

dev:
	@sh settings/stack/venv.sh requirements-dev.txt

programs:
	@sh settings/stack/test-programs.sh

compile = $(python) -m uv pip compile --quiet --universal --generate-hashes --no-annotate \
	--python-version 3.13 --custom-compile-command "make lock" $(2) \
	pyproject.toml --output-file $(1)
