# Thin: each target is one or two plain commands. What a stranger needs is `make run` and `make test`.
.PHONY: run test check fuzz test-api-fuzz gen bench demo web

run: web                          ## portal, API and docs on http://localhost:8080 with an example catalogue
	cargo build --release -p portal
	tests/run-demo.sh target/release/bildungsregion

test:                             ## everything that has to hold before a change may land
	tests/all.sh

check:                            ## fast: formatting, lints, types, and that the API still keeps what the last release promised
	cargo fmt --all --check && cargo clippy --workspace --all-targets -- -D warnings
	cd frontend && npm ci && npx biome check . && npx tsc --noEmit
	node tests/api/compatible.mjs

test-api-fuzz:                    ## thousands of generated questions against a real server, from its OpenAPI document: as anonymous, editor and partner
	cargo build -p portal
	tests/api/run.sh

fuzz: test-api-fuzz

gen:                              ## write the generated files that are committed
	tests/generated.sh write

bench: web                        ## measure the release server and write docs/benchmarks.md (SIZES="10000 100000 1000000")
	cargo build --release -p portal
	tests/load/bench.sh

demo:                             ## write an example catalogue as NDJSON to var/demo.ndjson (OFFERS=2000 SEED=13076)
	mkdir -p var && cargo run --release -p portal -- demo --offers $${OFFERS:-2000} --seed $${SEED:-13076} --ndjson var/demo.ndjson

web:                              ## build the single-page application that the binary embeds
	tests/tools.sh build
	cd frontend && npm ci && npm run build
