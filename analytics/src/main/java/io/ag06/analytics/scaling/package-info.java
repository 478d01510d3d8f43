/** How many replicas a service will need, when, how sure that is, and what it costs: docs/scaling.md. */
package io.ag06.analytics.scaling;
