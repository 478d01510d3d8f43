package io.ag06.local.cli;

import java.util.concurrent.Callable;

/**
 * A command of a module that this one does not know: whatever of this type {@link java.util.ServiceLoader} finds on the
 * class path is a command of {@code ag06}, with the name that its own annotation gives it.
 */
public interface AddedCommand extends Callable<Integer> {}
