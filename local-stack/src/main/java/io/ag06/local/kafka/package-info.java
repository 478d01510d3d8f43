/** What a Kafka is asked and read for that runs already, here or anywhere. */
package io.ag06.local.kafka;
