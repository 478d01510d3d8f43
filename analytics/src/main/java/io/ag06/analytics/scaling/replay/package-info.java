/**
 * What a scaler would have done on a recorded load, minute by minute, and what it would have cost: docs/scaling.md,
 * "Replay".
 */
package io.ag06.analytics.scaling.replay;
