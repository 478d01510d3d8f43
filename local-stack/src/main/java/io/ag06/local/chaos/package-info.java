/**
 * The fault suite: the pipeline of real processes, things that happen to it, and a verdict from the data. See
 * {@code docs/exactly-once.md}.
 */
package io.ag06.local.chaos;
