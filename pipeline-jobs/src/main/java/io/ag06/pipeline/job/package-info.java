/** The Flink jobs: each a {@code main} that names the ends, and a {@code wire} that is the graph. */
package io.ag06.pipeline.job;
