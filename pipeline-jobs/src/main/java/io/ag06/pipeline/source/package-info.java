/** From Kafka to events and rows: decode, refuse, judge times. The only place of the jobs that knows Avro. */
package io.ag06.pipeline.source;
