/** The agent beside the mixer: sound and the machine's health in, records on Kafka out. */
package io.ag06.agent;
