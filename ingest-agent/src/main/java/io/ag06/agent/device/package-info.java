/** The health of the machine beside the mixer: processors, memory, disk, network, and the agent's own heap. */
package io.ag06.agent.device;
