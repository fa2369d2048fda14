package io.triport.domain.identity;

import io.triport.domain.request.Bytes;
import io.triport.domain.request.Content;
import io.triport.domain.request.RateLimit;
import io.triport.domain.request.RequestId;
import io.triport.domain.request.WatchedContent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiPredicate;

/**
 * Proof that identity came first: who, what, until when, for which request. Made by {@link AccessGate} alone; stores ask it
 * at every call. It ends with its request, at the latest when the credential does. Safe for many threads.
 */
public final class Grant implements AutoCloseable {
    private final Principal principal;
    private final List<Permissions> bounds;
    private final List<RateLimit> limits;
    private final Instant validUntil;
    private final RequestId request;
    private final BodyCheck body;
    private final AtomicBoolean ended;
    private final StoreWait storeWait;

    Grant(
            Principal principal,
            Permissions permissions,
            List<RateLimit> limits,
            Instant validUntil,
            RequestId request,
            BodyCheck body) {
        this(principal, List.of(permissions), limits, validUntil, request, body, new AtomicBoolean(), new StoreWait());
    }

    private Grant(
            Principal principal,
            List<Permissions> bounds,
            List<RateLimit> limits,
            Instant validUntil,
            RequestId request,
            BodyCheck body,
            AtomicBoolean ended,
            StoreWait storeWait) {
        this.principal = principal;
        this.bounds = List.copyOf(bounds);
        this.limits = List.copyOf(limits);
        this.validUntil = validUntil;
        this.request = request;
        this.body = body;
        this.ended = ended;
        this.storeWait = storeWait;
    }

    public Principal principal() {
        return principal;
    }

    public RequestId request() {
        return request;
    }

    public Instant validUntil() {
        return validUntil;
    }

    /** What the principal may take per time; none for no limit. */
    public List<RateLimit> limits() {
        return limits;
    }

    /**
     * The request's body as the credential vouches for it: it fails instead of ending when it is not the one that was signed. An
     * app reads a body that streams through this only. Each of its pieces begins the waiting for stores anew.
     */
    public Content checked(Content raw) {
        return new WatchedContent(body.checked(raw), bytes -> storeWait.moved());
    }

    /** Since when stores keep the request waiting; one for this grant and all that are narrowed from it. */
    public StoreWait storeWait() {
        return storeWait;
    }

    /** Whether any permission is about the container: what a listing of containers shows. */
    public boolean reaches(String container) {
        return bounds.stream().allMatch(bound -> bound.reaches(container));
    }

    /** Whether the grant can still be used: its request has not ended, nor its credential. */
    public boolean live(Instant now) {
        return !ended.get() && now.isBefore(validUntil);
    }

    /** Whether the action is within the grant; says nothing about whether the grant is still {@link #live}. */
    public boolean permits(Action action, ResourceName resource) {
        for (var bound : bounds) {
            if (!bound.permits(action, resource)) {
                return false;
            }
        }
        return true;
    }

    /** Whether the action is permitted on keys that begin with {@code item} in some container: what a listing over all needs. */
    public boolean permitsSomewhere(Action action, Bytes item) {
        return bounds.stream()
                .allMatch(bound -> bound.rules().stream().anyMatch(rule -> rule.permitsSomewhere(action, item)));
    }

    /**
     * The prefixes under which an action is permitted on keys of a container, by plain bytes or by whole segments as the action
     * has it, and none under another. For listings of all that a caller may see.
     */
    public Set<KeyPrefix> prefixes(Action action, String container) {
        BiPredicate<KeyPrefix, Bytes> covers =
                action.reach() == Action.Reach.SEGMENTS ? KeyPrefix::coversSegments : KeyPrefix::covers;
        var common = Set.of(KeyPrefix.EVERY);
        for (var bound : bounds) {
            common = KeyPrefix.common(common, bound.prefixes(action, container), covers);
        }
        return common;
    }

    /** The same grant for less: it permits what both permit, and ends with the original. */
    public Grant narrowedTo(Permissions bound) {
        var narrower = new ArrayList<>(bounds);
        narrower.add(bound);
        return new Grant(principal, narrower, limits, validUntil, request, body, ended, storeWait);
    }

    /** Ends the grant and all that were narrowed from it, for ever. Only takes away, so anyone may call it, any number of times. */
    @Override
    public void close() {
        ended.set(true);
    }

    @Override
    public String toString() {
        return "Grant[" + principal.id() + ", request " + request + "]";
    }
}
