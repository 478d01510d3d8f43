/**
 * One service, minute after minute: its load, what is forecast of it, how good that was, and what follows for its
 * replicas (docs/scaling.md).
 */
package io.ag06.analytics.scaling.service;
