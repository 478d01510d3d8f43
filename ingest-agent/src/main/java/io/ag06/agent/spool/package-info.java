/**
 * What could not be published yet, on disk: records go in as they are captured, and leave once Kafka has committed
 * them. Whatever is killed in between, nothing that was taken in is lost.
 */
package io.ag06.agent.spool;
