/** The {@code ag06} command. It reads what was typed and delegates; it decides nothing. */
package io.ag06.local.cli;
