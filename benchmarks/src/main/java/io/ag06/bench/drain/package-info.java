/**
 * The scenario {@code drain}: a topic full of service requests is read to its end, by the jobs and by the barest loops
 * over the same records, so that what a job costs beyond them can be told.
 */
package io.ag06.bench.drain;
