/**
 * What travels on Kafka: the records (generated from {@code src/main/avro}), the topics that carry them and the codec
 * that puts them there. The event contract of the product; it knows nothing else of ours.
 */
package io.ag06.schemas;
