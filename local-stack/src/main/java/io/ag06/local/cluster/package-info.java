/**
 * A standalone Flink cluster on this machine: a JobManager and TaskManagers, each a JVM with Flink's own class path and
 * nothing of ours on it. {@link io.ag06.local.cluster.StandaloneCluster} starts it and is all that others use.
 */
package io.ag06.local.cluster;
