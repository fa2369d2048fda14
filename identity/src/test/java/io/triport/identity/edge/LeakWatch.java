package io.triport.identity.edge;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.List;
import org.slf4j.LoggerFactory;

/** Hears what Netty's leak detector reports while every buffer is tracked. */
final class LeakWatch implements AutoCloseable {
    private final Logger logger = (Logger) LoggerFactory.getLogger(ResourceLeakDetector.class);
    private final ListAppender<ILoggingEvent> reports = new ListAppender<>();

    LeakWatch() {
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
        reports.start();
        logger.addAppender(reports);
    }

    /** A leak is reported when its buffer has been collected and another one is made. */
    List<String> reports() throws InterruptedException {
        // What the first collection found is in Netty's queue for certain when the second has ended.
        collect();
        collect();
        for (var i = 0; i < 100; i++) {
            PooledByteBufAllocator.DEFAULT.buffer().release();
        }
        return reports.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    private static void collect() throws InterruptedException {
        var collected = new ReferenceQueue<Object>();
        var sentinel = new WeakReference<>(new Object(), collected);
        while (sentinel.get() != null) {
            System.gc();
        }
        collected.remove();
    }

    @Override
    public void close() {
        logger.detachAppender(reports);
    }
}
