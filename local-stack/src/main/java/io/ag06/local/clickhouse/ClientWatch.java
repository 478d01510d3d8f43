package io.ag06.local.clickhouse;

import java.io.IOException;
import java.util.concurrent.CancellationException;
import org.eclipse.jetty.io.AbstractEndPoint;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks out for the end of the connection while a query runs and nothing is read from it. A client that closes its
 * sending side counts as gone.
 *
 * <p>Looking means reading. A client that sends its next request before it has this answer loses those bytes, so its
 * connection is then closed behind the answer, which HTTP lets a server do at any time.
 */
final class ClientWatch implements Callback, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ClientWatch.class);

    private final AbstractEndPoint connection;
    private final Runnable gone;
    private boolean over;
    private boolean readAhead;

    private ClientWatch(AbstractEndPoint connection, Runnable gone) {
        this.connection = connection;
        this.gone = gone;
    }

    /**
     * Watches from now until it is closed. The request's body must have been read.
     *
     * @param gone called once, on another thread, when the client has left
     */
    static ClientWatch over(Request request, Runnable gone) {
        var endPoint = request.getConnectionMetaData().getConnection().getEndPoint();
        var watch = new ClientWatch((AbstractEndPoint) endPoint, gone);
        Request.addCompletionListener(request, failure -> watch.closeIfReadAhead());
        watch.over = !endPoint.tryFillInterested(watch);
        return watch;
    }

    @Override
    public void succeeded() {
        if (isEnd()) {
            gone.run();
        }
    }

    private synchronized boolean isEnd() {
        if (over) {
            return false;
        }
        try {
            int read = connection.fill(BufferUtil.allocate(1));
            readAhead = read > 0;
            over = read != 0 || !connection.tryFillInterested(this);
            return read < 0;
        } catch (IOException e) {
            LOG.debug("The client's connection broke", e);
            over = true;
            return true;
        }
    }

    @Override
    public void failed(Throwable cause) {
        boolean first;
        synchronized (this) {
            first = !over;
            over = true;
        }
        if (first) {
            gone.run();
        }
    }

    /** Must come before the end of the answer: what the client sends after that is its next request. */
    @Override
    public void close() {
        boolean interested;
        synchronized (this) {
            interested = !over;
            over = true;
        }
        if (interested) {
            connection.getFillInterest().onFail(new CancellationException("The query is done"));
        }
    }

    private synchronized void closeIfReadAhead() {
        if (readAhead) {
            connection.close();
        }
    }
}
