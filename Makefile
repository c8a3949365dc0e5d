# `make` lists the targets. Settings are environment variables: see README.md.

PYTHON_OF_VENV = .venv/bin/python
TEMPLATES = $(shell find . -path ./.venv -prune -o -path '*/templates/*.html' -print)
LOGIN = admin
PROCESSES = 2
LANGUAGE_CODES = fr nl
UV = $(firstword $(wildcard .venv/bin/uv) uv)

.PHONY: help run dev test coverage mutants bench lint format password messages lock

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' Makefile

run: ## prepare the portal and serve it on http://127.0.0.1:8000 (PORT=9000 make run: port 9000)
	@bin/setup
	@exec $(PYTHON_OF_VENV) manage.py serve

dev: export DEBUG = true
dev: ## serve with DEBUG on the same data, and reload after each change of the code
	@bin/setup
	@$(PYTHON_OF_VENV) manage.py prepare
	@exec $(PYTHON_OF_VENV) manage.py runserver

test: ## run the test suite (make test ARGS="-k call": only some tests)
	@bin/setup dev
	@exec $(PYTHON_OF_VENV) -m pytest -n $(PROCESSES) $(ARGS)

coverage: ## run the whole test suite and fail if it covers too little of the code
	@bin/setup dev
	@exec $(PYTHON_OF_VENV) -m pytest -n $(PROCESSES) --cov $(ARGS)

mutants: ## change the code and count how often tests notice it (ARGS=status: one part)
	@bin/setup dev
	@exec $(PYTHON_OF_VENV) -m tests.mutants $(ARGS)

bench: ## compare small and large amounts of the same work (ARGS=lists: one part)
	@bin/setup dev
	@exec $(PYTHON_OF_VENV) -m tests.bench $(ARGS)

lint: ## check style and format of Python and templates
	@bin/setup dev
	$(PYTHON_OF_VENV) -m ruff check
	$(PYTHON_OF_VENV) -m ruff format --check
	.venv/bin/djade --check --target-version 5.2 $(TEMPLATES)

format: ## fix style and format
	@bin/setup dev
	$(PYTHON_OF_VENV) -m ruff check --fix
	$(PYTHON_OF_VENV) -m ruff format
	.venv/bin/djade --target-version 5.2 $(TEMPLATES)

password: ## set a new password (make password LOGIN=name: for another account than admin)
	@bin/setup
	@exec $(PYTHON_OF_VENV) manage.py changepassword $(LOGIN)

messages: ## collect the texts to translate into locale/ (needs gettext)
	@bin/setup dev
	$(PYTHON_OF_VENV) manage.py makemessages $(LANGUAGE_CODES:%=--locale %) \
		--ignore var --ignore tests --no-obsolete --no-wrap --add-location file

lock: ## update the lock files (needs uv; ARGS=--upgrade: newest versions)
	$(UV) pip compile requirements.in -o requirements.txt $(LOCK) $(ARGS)
	$(UV) pip compile requirements-dev.in -o requirements-dev.txt $(LOCK) $(ARGS)

LOCK = --quiet --no-header --universal --python-version 3.11 --generate-hashes
