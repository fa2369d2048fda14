package io.triport.storage.cloudflare;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.request.Bytes;
import io.triport.domain.storage.Capability;
import io.triport.domain.storage.RemoteAccount;
import io.triport.domain.storage.StorageEngine;
import io.triport.domain.storage.StorageLevel;
import io.triport.domain.table.DocumentName;
import io.triport.domain.table.JsonText;
import io.triport.domain.table.Settings;
import io.triport.domain.time.Randomness;
import io.triport.domain.time.Ticker;
import java.time.Clock;
import java.util.List;

/** Opens an account over a local engine that has nothing of its own. */
public final class Cloudflare implements AutoCloseable {
    private static final DocumentName OWNER = new DocumentName("account", "owner");

    private final Calls calls;
    private final Unsettled unsettled;
    private final CloudflareEngine engine;

    private Cloudflare(Calls calls, Unsettled unsettled, CloudflareEngine engine) {
        this.calls = calls;
        this.unsettled = unsettled;
        this.engine = engine;
    }

    /**
     * What is on its way to the account is known to one process, so no other one may write to the same data; and namespaces have
     * here the ids that they have there.
     *
     * @throws StorageFailure.Rejected UNSUPPORTED for a local engine that is not ALONE, or takes no GIVEN_IDS; CONFLICT when it has
     *     namespaces of its own, or those of another account
     */
    public static Cloudflare open(
            RemoteAccount account, StorageEngine local, Clock clock, Ticker ticker, Randomness randomness) {
        return open(account, local, clock, new Calls.Means(ticker, Pause.REAL, randomness));
    }

    static Cloudflare open(RemoteAccount account, StorageEngine local, Clock clock, Calls.Means means) {
        local.info()
                .require(
                        Capability.ALONE,
                        "storage: shared with other processes (expected: embedded without shared-data, beside an"
                                + " account elsewhere)");
        local.info()
                .require(
                        Capability.GIVEN_IDS,
                        "storage: gives ids of namespaces itself (expected: embedded, beside an account elsewhere)");
        requireOwn(account, local);
        var calls = new Calls(account, means);
        var unsettled = new Unsettled();
        var mirror = new Mirror(local, calls, unsettled, clock, means.randomness());
        var namespaces = new KnownNamespaces(local, new RemoteNamespaces(calls), unsettled, means.ticker());
        var settling = new Settling(local, mirror, namespaces, unsettled, clock, means.randomness());
        settling.takeOver();
        var shared = new Account(mirror, namespaces, settling, new Listings(), clock);
        return new Cloudflare(calls, unsettled, new CloudflareEngine(local, shared, null));
    }

    /** What is not in the account is dropped here, so nothing may lie here that is not the account's. */
    private static void requireOwn(RemoteAccount account, StorageEngine local) {
        var settings = local.tables().settings();
        var owner = settings.find(OWNER);
        if (owner.isEmpty()) {
            if (!local.resources().namespaces().isEmpty()) {
                throw taken("has namespaces of its own");
            }
            var content = Json.object().put("account", account.id());
            settings.put(OWNER, new JsonText(content.toString()), Settings.ABSENT);
        } else {
            var text = Bytes.utf8(owner.get().content().text());
            if (!Json.parse(text).path("account").asText().equals(account.id())) {
                throw taken("is that of another account");
            }
        }
    }

    private static StorageFailure taken(String why) {
        return new StorageFailure.Rejected(
                FailureCode.CONFLICT, "storage: the data " + why + " (expected: an empty data directory)");
    }

    public StorageEngine engine() {
        return engine;
    }

    public List<StorageLevel> levels() {
        return List.of(
                new StorageLevel(StorageLevel.Kind.WAITING, engine.info().name(), "unsettled", unsettled::waiting));
    }

    /** Leaves the local engine open. */
    @Override
    public void close() {
        calls.close();
    }
}
