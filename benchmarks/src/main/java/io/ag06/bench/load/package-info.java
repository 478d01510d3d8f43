/** What scenarios and micro-benchmarks work on: made-up records, the same in every run. */
package io.ag06.bench.load;
