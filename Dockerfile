# One image for every part: the worker, replay, tail and the rest are `slugline` with another command.
# It installs what the tests ran with: requirements.lock, hashes checked.

FROM python:3.11.14-slim-bookworm AS build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
WORKDIR /build
RUN python -m venv /opt/slugline
ENV PATH=/opt/slugline/bin:$PATH
# The locks first: a change in the code alone does not fetch the libraries again.
COPY requirements.lock requirements-build.lock ./
RUN python -m venv /opt/builder \
    && /opt/builder/bin/pip install --require-hashes -r requirements-build.lock \
    && pip install --require-hashes -r requirements.lock
COPY pyproject.toml README.md LICENSE ./
COPY stream stream
COPY replay replay
COPY schemas schemas
RUN /opt/builder/bin/pip wheel --no-deps --no-build-isolation --wheel-dir /dist . \
    && pip install --no-deps /dist/*.whl

FROM python:3.11.14-slim-bookworm
RUN useradd --system --uid 10001 --create-home --home-dir /var/lib/slugline slugline
COPY --from=build /opt/slugline /opt/slugline
ENV PATH=/opt/slugline/bin:$PATH PYTHONUNBUFFERED=1
USER slugline
# What a worker writes beside Kafka (its state folder, if it is given one) goes here, and is made again from the changelog.
WORKDIR /var/lib/slugline
# No HEALTHCHECK: a worker has no port to ask, and one that stops deciding ends its process.
ENTRYPOINT ["slugline"]
CMD ["--help"]
