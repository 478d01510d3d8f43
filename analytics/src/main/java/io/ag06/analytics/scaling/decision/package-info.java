/**
 * How many replicas a service shall have: from its forecast, what a replica can carry, and what being short costs
 * against what a replica costs. docs/scaling.md, "The decision".
 */
package io.ag06.analytics.scaling.decision;
