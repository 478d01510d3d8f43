/** Micro-benchmarks of what happens to each record, with JMH. */
package io.ag06.bench.micro;
