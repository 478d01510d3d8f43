/**
 * Forecasts of a regular series with their intervals, online: a league of methods, back-tests inside the series, their
 * combination, and what it had to assume. docs/scaling.md tells how it works and what was measured.
 */
package io.ag06.analytics.scaling.forecast;
