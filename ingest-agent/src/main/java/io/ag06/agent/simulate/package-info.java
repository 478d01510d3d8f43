/**
 * Events of the company's cloud services, made up from a seed: the same seed gives the same events, so that what is
 * computed from them can be checked.
 */
package io.ag06.agent.simulate;
