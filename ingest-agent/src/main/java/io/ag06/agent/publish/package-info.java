/** From plain values to Avro records to Kafka: the only place of the agent that knows Kafka. */
package io.ag06.agent.publish;
