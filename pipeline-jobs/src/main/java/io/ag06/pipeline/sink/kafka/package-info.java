/** What jobs tell others by way of Kafka. */
package io.ag06.pipeline.sink.kafka;
