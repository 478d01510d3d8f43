/**
 * Sound from a file, a generator or a line of the machine, measured frame by frame (100 ms). Knows neither Avro nor
 * Kafka: what it captures are plain values.
 */
package io.ag06.agent.capture;
