package io.ag06.bench.drain;

/** One way to work through the whole topic. */
interface Contender {
    /**
     * Works through all of it.
     *
     * @param parallelism how many threads or tasks share the work
     * @throws WrongCountException where it did not come to what the topic holds
     */
    Round run(int parallelism) throws Exception;
}
