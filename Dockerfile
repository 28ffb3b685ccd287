# The site as a container: `docker build -t side-by-side .`; docs/deploying.md says how it is run.
# It listens on 8000, writes nothing but what /tmp holds, and takes all settings from the environment.

FROM python:3.11.14-slim-bookworm AS packages
WORKDIR /app
COPY requirements.txt .
RUN python -m venv /venv && \
    /venv/bin/pip install --no-cache-dir --no-deps --require-hashes -r requirements.txt

FROM packages AS static
COPY . .
RUN SECRET_KEY=for-the-build-alone DATABASE_URL=sqlite://:memory: STATIC_ROOT=/static \
    /venv/bin/python manage.py collectstatic --no-input --verbosity 0

FROM python:3.11.14-slim-bookworm
# For titles in Arabic and Hebrew on the pictures of shared links.
# hadolint ignore=DL3008
RUN apt-get update && apt-get install --yes --no-install-recommends libfribidi0 && rm -rf /var/lib/apt/lists/* && \
    useradd --system --uid 10001 --no-create-home site && install --directory --owner=site /media
WORKDIR /app
COPY --from=packages /venv /venv
COPY --from=static /static /static
COPY . .
RUN python -m compileall -q articles careers config images publishing
# Of more pools than two, glibc gives less memory back: https://man7.org/linux/man-pages/man3/mallopt.3.html
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 STATIC_ROOT=/static MEDIA_ROOT=/media CACHE_DIR=/tmp/cache \
    MALLOC_ARENA_MAX=2
USER 10001
EXPOSE 8000
# Alive, and not ready: a check that asks the database would restart every container with it.
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s --retries=3 \
    CMD ["python", "-c", "import urllib.request as r; r.urlopen('http://127.0.0.1:8000/healthz', timeout=2)"]
CMD ["granian", "--interface", "wsgi", "--host", "0.0.0.0", "--port", "8000", "--workers", "2", "--blocking-threads", "4", "--respawn-failed-workers", "--workers-kill-timeout", "10", "--respawn-interval", "30", "--log-level", "warning", "config.wsgi:application"]
