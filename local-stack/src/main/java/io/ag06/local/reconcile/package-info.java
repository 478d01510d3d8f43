/**
 * Holds Kafka against ClickHouse: is every record stored, and stored once?
 * {@link io.ag06.local.reconcile.Reconciliation} is the way in; it knows no more of topics and tables than they declare
 * of themselves.
 */
package io.ag06.local.reconcile;
