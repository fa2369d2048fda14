package io.triport.manager.webhook;

import io.triport.domain.identity.Grant;
import io.triport.domain.storage.Storage;
import io.triport.identity.launch.SystemTasks;
import io.triport.identity.outbound.Posting;
import io.triport.manager.answer.Json;
import io.triport.manager.automation.AutomationTask;
import io.triport.manager.document.FreshId;
import io.triport.manager.document.Kept;
import io.triport.manager.document.Shelf;
import io.triport.manager.event.Event;
import io.triport.manager.event.EventListener;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what webhooks are to be told, again and again until it is taken or given up. What is to be sent is a document before it is
 * sent, so that it survives the process. Its lock guards what is in flight.
 */
public final class DeliveryPump implements EventListener, AutoCloseable {
    /*
     * One delivery, many nodes
     *
     * A try begins with a write of the document at the version that was read, which of several nodes only one succeeds with. It
     * says when the next try is due, so whoever dies meanwhile needs no one to tidy up. A delivery may arrive twice, where the
     * process dies between the answer and the removal of the document.
     */
    private static final Logger LOG = LoggerFactory.getLogger("triport.manager");
    private static final int AT_ONCE = 32;
    private static final int AT_ONCE_TO_ONE = 4;

    /** A server that takes nothing for days must not fill the store. */
    private static final int MOST_WAITING = 10_000;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition rung = lock.newCondition();
    private final Map<String, String> flying = new HashMap<>();
    private final Means means;
    private volatile int waiting;
    private @Nullable Thread looking;
    private boolean hidden;
    private boolean woken = true;
    private boolean closed;

    /** What a pump works with. */
    record Means(
            Webhooks webhooks,
            Shelf<Delivery> outbox,
            DeliveryLog log,
            WebhookSender sender,
            SystemTasks tasks,
            FreshId ids,
            Clock clock) {}

    DeliveryPump(Means means) {
        this.means = means;
    }

    void start() {
        looking = Thread.ofVirtual().name("webhooks").start(this::look);
    }

    @Override
    public void happened(Event event) {
        var wanting = means.webhooks.wanting(event.kind(), () -> {
            var all = new ArrayList<Kept<Webhook>>();
            means.tasks.run(AutomationTask.DELIVERY, (grant, storage) -> all.addAll(means.webhooks.list(grant)));
            return all;
        });
        if (wanting.isEmpty()) {
            return;
        }
        if (waiting >= MOST_WAITING) {
            LOG.atWarn().addKeyValue("event", event.kind().text()).log("too many webhooks wait; this one is not sent");
            return;
        }
        var body = Json.bytes(event.toJson()).toUtf8();
        means.tasks.run(AutomationTask.DELIVERY, (grant, storage) -> {
            for (var webhook : wanting) {
                var delivery = Delivery.first(webhook.id(), event.kind().text(), body, means.clock.instant());
                means.outbox.add(grant, means.ids.timed(), delivery);
            }
        });
        wake();
    }

    /** Something may be due. */
    public void wake() {
        lock.lock();
        try {
            woken = true;
            rung.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void look() {
        try {
            while (awaitRing()) {
                try {
                    if (!hidden) {
                        means.tasks.run(AutomationTask.DELIVERY, means.webhooks::seal);
                        hidden = true;
                    }
                    means.tasks.run(AutomationTask.DELIVERY, this::begin);
                } catch (RuntimeException e) {
                    LOG.warn("webhooks cannot be looked for", e);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean awaitRing() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!woken && !closed) {
                rung.await();
            }
            woken = false;
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    private void begin(Grant grant, Storage storage) {
        var all = means.outbox.list(grant);
        waiting = all.size();
        var now = means.clock.instant();
        for (var kept : all) {
            if (kept.value().due().isAfter(now) || !taken(kept)) {
                continue;
            }
            var flies = false;
            try {
                flies = began(grant, kept, now);
            } finally {
                if (!flies) {
                    landed(kept.id());
                }
            }
        }
    }

    private boolean began(Grant grant, Kept<Delivery> kept, Instant now) {
        if (kept.value().exhausted()) {
            // The last try was begun by a process that did not live to hear of it.
            means.outbox.remove(grant, kept.id());
            return false;
        }
        var begun = means.outbox.replace(grant, kept, kept.value().begun(now));
        begun.ifPresent(this::fly);
        return begun.isPresent();
    }

    /** Whether there is a place for it, which it has then. */
    private boolean taken(Kept<Delivery> kept) {
        lock.lock();
        try {
            var toOne = flying.values().stream()
                    .filter(kept.value().webhook()::equals)
                    .count();
            if (closed || flying.size() >= AT_ONCE || toOne >= AT_ONCE_TO_ONE || flying.containsKey(kept.id())) {
                return false;
            }
            flying.put(kept.id(), kept.value().webhook());
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void fly(Kept<Delivery> kept) {
        Thread.ofVirtual().name("webhook-" + kept.id()).start(() -> {
            try {
                deliver(kept);
            } catch (RuntimeException e) {
                LOG.atWarn().addKeyValue("delivery", kept.id()).setCause(e).log("webhook not sent");
            } finally {
                landed(kept.id());
                wake();
            }
        });
    }

    private void landed(String id) {
        lock.lock();
        try {
            flying.remove(id);
            rung.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void deliver(Kept<Delivery> kept) {
        var delivery = kept.value();
        var wanted = new ArrayList<Webhook>();
        means.tasks.run(AutomationTask.DELIVERY, (grant, storage) -> {
            means.webhooks
                    .shelf()
                    .find(grant, delivery.webhook())
                    .map(Kept::value)
                    .filter(Webhook::enabled)
                    .ifPresent(wanted::add);
            if (wanted.isEmpty()) {
                means.outbox.remove(grant, kept.id());
            }
        });
        if (!wanted.isEmpty()) {
            var outcome = means.sender.send(wanted.getFirst(), delivery.event(), kept.id(), delivery.body());
            means.tasks.run(AutomationTask.DELIVERY, (grant, storage) -> settle(grant, kept, outcome));
        }
    }

    private void settle(Grant grant, Kept<Delivery> kept, Posting.Outcome outcome) {
        var error = error(outcome);
        var over = error.isEmpty() || kept.value().exhausted();
        if (over) {
            means.outbox.remove(grant, kept.id());
        }
        var status = outcome instanceof Posting.Outcome.Answered(var code) ? code : 0;
        var tried = new DeliveryLog.Try(
                kept.id(), kept.value().event(), kept.value().tries(), status, error, over);
        means.log.add(grant, kept.value().webhook(), tried, means.clock.instant());
    }

    /** Empty where the server has taken it. */
    static String error(Posting.Outcome outcome) {
        return switch (outcome) {
            case Posting.Outcome.Answered(var status) ->
                status >= 200 && status < 300 ? "" : "the server answered " + status;
            case Posting.Outcome.Failed(var why) -> why;
        };
    }

    /** What is in flight may land; what has not is sent again by the next process. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            rung.signalAll();
        } finally {
            lock.unlock();
        }
        if (looking != null) {
            looking.interrupt();
        }
    }
}
