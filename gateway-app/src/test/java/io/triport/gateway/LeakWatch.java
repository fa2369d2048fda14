package io.triport.gateway;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.slf4j.LoggerFactory;

/** Fails a test class whose buffers Netty's leak detector finds lost, while every one is tracked. */
final class LeakWatch implements BeforeAllCallback, AfterAllCallback {
    private final Logger logger = (Logger) LoggerFactory.getLogger(ResourceLeakDetector.class);
    private final ListAppender<ILoggingEvent> reports = new ListAppender<>();

    @Override
    public void beforeAll(ExtensionContext context) {
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
        reports.start();
        logger.addAppender(reports);
    }

    /** A leak is reported when its buffer has been collected and another one is made. */
    @Override
    public void afterAll(ExtensionContext context) throws InterruptedException {
        // What the first collection found is in Netty's queue for certain when the second has ended.
        collect();
        collect();
        for (var i = 0; i < 100; i++) {
            PooledByteBufAllocator.DEFAULT.buffer().release();
        }
        logger.detachAppender(reports);
        if (!reports.list.isEmpty()) {
            throw new AssertionError(reports.list.getFirst().getFormattedMessage());
        }
    }

    private static void collect() throws InterruptedException {
        var collected = new ReferenceQueue<Object>();
        var sentinel = new WeakReference<>(new Object(), collected);
        while (sentinel.get() != null) {
            System.gc();
        }
        collected.remove();
    }
}
