/** What a service's load is in a minute, put together from its events in any order. */
package io.ag06.analytics.scaling.load;
