/** What travels from a source to an operator: events with where they stood in Kafka. Plain Java. */
package io.ag06.pipeline.event;
