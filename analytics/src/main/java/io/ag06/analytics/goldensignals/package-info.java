/**
 * The four golden signals (traffic, errors, latency, saturation) of services, devices and the pipeline itself, as
 * partial aggregates that add up and as what people read (docs/golden-signals.md).
 */
package io.ag06.analytics.goldensignals;
