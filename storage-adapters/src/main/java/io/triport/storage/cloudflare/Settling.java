package io.triport.storage.cloudflare;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.RequestId;
import io.triport.domain.storage.StorageEngine;
import io.triport.domain.table.AuditEntry;
import io.triport.domain.table.AuditPlace;
import io.triport.domain.table.DocumentName;
import io.triport.domain.table.JsonText;
import io.triport.domain.table.Settings;
import io.triport.domain.time.Randomness;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings changes to the account that have committed here, and tells the audit of those that went otherwise. Safe for many threads. */
final class Settling {
    private static final Logger LOG = LoggerFactory.getLogger("triport.storage");
    private static final String USER = "manager";
    private static final int ID_BYTES = 16;

    private final StorageEngine local;
    private final Mirror mirror;
    private final KnownNamespaces namespaces;
    private final Unsettled unsettled;
    private final Clock clock;
    private final Randomness randomness;

    Settling(
            StorageEngine local,
            Mirror mirror,
            KnownNamespaces namespaces,
            Unsettled unsettled,
            Clock clock,
            Randomness randomness) {
        this.local = local;
        this.mirror = mirror;
        this.namespaces = namespaces;
        this.unsettled = unsettled;
        this.clock = clock;
        this.randomness = randomness;
    }

    Unsettled unsettled() {
        return unsettled;
    }

    /** What a process that has died has left behind. */
    void takeOver() {
        var documents = local.tables().settings().list(Change.DOCUMENTS);
        documents.forEach(document -> unsettled.leave(document.name(), Change.parse(document.content())));
        if (!documents.isEmpty()) {
            LOG.atWarn().addKeyValue("changes", documents.size()).log("changes have not reached the account yet");
        }
    }

    DocumentName writeDown(StorageEngine inner, Change change) {
        var name = new DocumentName(
                Change.DOCUMENTS, Bytes.copyOf(randomness.bytes(ID_BYTES)).toHex());
        inner.tables().settings().put(name, change.text(), Settings.ABSENT);
        return name;
    }

    /** @throws StorageFailure the first that happened, when all was tried */
    void settle(Map<DocumentName, Change> changes) {
        StorageFailure first = null;
        for (var change : changes.entrySet()) {
            var failure = settle(change.getKey(), change.getValue());
            first = first == null ? failure : first;
        }
        if (first != null) {
            throw first;
        }
    }

    private @Nullable StorageFailure settle(DocumentName document, Change change) {
        try {
            bring(change);
        } catch (StorageFailure.Unavailable e) {
            unsettled.leave(document, change);
            LOG.atWarn().addKeyValue("reason", e.getMessage()).log("a change has not reached the account yet");
            return new StorageFailure.Unavailable(
                    FailureCode.OUTCOME_UNKNOWN, "account: the change is kept here and will be tried again", e);
        } catch (StorageFailure e) {
            tell(document, change, "account_refused", e);
            undo(change);
            return e;
        }
        local.tables().settings().delete(document);
        return null;
    }

    private void bring(Change change) {
        switch (change.kind()) {
            case KEYS -> mirror.bring(change.namespace(), change.keys());
            case RENAMED, DROPPED -> namespaces.bring(change.namespace());
        }
    }

    /** What the account did not take is not so here either. Keys that cannot be read now are made right by whoever reads them. */
    private void undo(Change change) {
        unsettled.release(change.places());
        try {
            if (change.kind() == Change.Kind.KEYS) {
                mirror.refresh(change.namespace(), change.keys());
            } else {
                namespaces.forget();
                namespaces.refresh();
            }
        } catch (StorageFailure e) {
            LOG.atWarn().addKeyValue("reason", e.getMessage()).log("a refused change cannot be taken back yet");
        } finally {
            change.places().forEach(unsettled::hold);
        }
    }

    /** Tries what was left again. */
    void settleLeft() {
        for (var one : unsettled.left()) {
            try {
                settleLeft(one.getKey(), one.getValue());
            } catch (StorageFailure.Unavailable e) {
                LOG.atWarn().addKeyValue("reason", e.getMessage()).log("changes have not reached the account yet");
                return;
            }
        }
    }

    /** The same of what holds up a read. @throws StorageFailure.Unavailable when it still cannot be done */
    void settleLeft(List<Change.Place> places) {
        if (places.stream().anyMatch(unsettled::hasLeft)) {
            for (var one : unsettled.left()) {
                if (one.getValue().places().stream().anyMatch(places::contains)) {
                    settleLeft(one.getKey(), one.getValue());
                }
            }
        }
    }

    private void settleLeft(DocumentName document, Change change) {
        try {
            bring(change);
            tell(document, change, "account_reached_late", null);
            unsettled.settled(document);
        } catch (StorageFailure.Unavailable e) {
            throw e;
        } catch (StorageFailure e) {
            tell(document, change, "account_refused", e);
            unsettled.settled(document);
        }
    }

    private void tell(DocumentName document, Change change, String operation, @Nullable StorageFailure failure) {
        var details = Json.object()
                .put("change", change.kind().name().toLowerCase(Locale.ROOT))
                .put("keys", change.keys().size());
        if (failure != null) {
            details.put("code", failure.code().name().toLowerCase(Locale.ROOT));
        }
        var place = change.keys().size() == 1
                ? AuditPlace.of(change.namespace(), change.keys().getFirst())
                : AuditPlace.of(change.namespace());
        var entry = new AuditEntry(
                place,
                operation,
                USER,
                AuditEntry.Source.API,
                RequestId.fresh(randomness),
                clock.instant(),
                new JsonText(details.toString()));
        local.together(inner -> {
            inner.tables().auditTrail().append(List.of(entry));
            return inner.tables().settings().delete(document);
        });
    }
}
