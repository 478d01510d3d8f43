/** How the pipeline itself fares: what its counters say, job by job and minute by minute. */
package io.ag06.analytics.health;
