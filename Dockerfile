# Two stages: build everything, ship one binary.
FROM node:20-bookworm-slim AS web
WORKDIR /src
COPY openapi openapi
COPY frontend/package.json frontend/package-lock.json frontend/
RUN npm --prefix frontend ci
COPY frontend frontend
RUN npm --prefix frontend run build

FROM rust:1.95-bookworm AS build
RUN apt-get update && apt-get install -y --no-install-recommends pkg-config libssl-dev && rm -rf /var/lib/apt/lists/*
WORKDIR /src
COPY . .
COPY --from=web /src/frontend/dist frontend/dist
RUN cargo build --release --locked -p portal

FROM debian:bookworm-slim
RUN apt-get update && apt-get install -y --no-install-recommends ca-certificates libssl3 && rm -rf /var/lib/apt/lists/* \
 && useradd --system --create-home --home-dir /var/lib/bildungsregion bildungsregion
COPY --from=build /src/target/release/bildungsregion /usr/local/bin/bildungsregion
USER bildungsregion
WORKDIR /var/lib/bildungsregion
VOLUME /var/lib/bildungsregion
EXPOSE 8080
ENV BILDUNGSREGION_BIND=0.0.0.0:8080
ENTRYPOINT ["bildungsregion"]
CMD ["serve"]
