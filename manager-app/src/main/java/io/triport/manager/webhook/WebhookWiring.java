package io.triport.manager.webhook;

import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import io.triport.domain.storage.Storage;
import io.triport.domain.time.Randomness;
import io.triport.identity.launch.SystemTasks;
import io.triport.identity.outbound.Destinations;
import io.triport.identity.outbound.Posting;
import io.triport.manager.answer.Problem;
import io.triport.manager.automation.Pulses;
import io.triport.manager.document.FreshId;
import io.triport.manager.document.Sealing;
import io.triport.manager.document.Shelf;
import jakarta.inject.Singleton;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import javax.net.ssl.SSLContext;

/** Wires what webhooks are made of. */
@Factory
@Requires(property = "micronaut.application.name", value = "manager")
final class WebhookWiring {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @Singleton
    FreshId ids(Clock clock, Randomness randomness) {
        return new FreshId(clock, randomness);
    }

    @Bean(preDestroy = "close")
    @Singleton
    Posting posting(Destinations destinations) {
        try {
            return new Posting(destinations, SSLContext.getDefault().getSocketFactory(), PATIENCE);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("no TLS (expected: in every Java)", e);
        }
    }

    @Singleton
    WebhookSender sender(Posting posting) {
        return new WebhookSender(posting);
    }

    @Singleton
    Webhooks webhooks(Storage storage, Sealing sealing, Clock clock) {
        return new Webhooks(storage, new WebhookText(sealing), clock);
    }

    @Singleton
    DeliveryLog log(Storage storage) {
        return new DeliveryLog(storage);
    }

    @Bean(preDestroy = "close")
    @Context
    DeliveryPump pump(
            Webhooks webhooks,
            DeliveryLog log,
            WebhookSender sender,
            Storage storage,
            SystemTasks tasks,
            FreshId ids,
            Pulses pulses) {
        var outbox = new Shelf<>(storage, "webhook-outbox", Delivery.FORM, Problem.WEBHOOK_NOT_FOUND);
        var pump = new DeliveryPump(new DeliveryPump.Means(webhooks, outbox, log, sender, tasks, ids, ids.clock()));
        pulses.delivery().does((grant, _) -> pump.wake());
        pump.start();
        return pump;
    }
}
