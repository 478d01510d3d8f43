/**
 * How fast the product is, measured on its own parts: load scenarios, and micro-benchmarks of what happens to each
 * record. Nothing knows this package; the {@code ag06} command finds it on the class path.
 */
package io.ag06.bench;
