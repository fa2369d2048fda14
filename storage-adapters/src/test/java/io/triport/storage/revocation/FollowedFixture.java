package io.triport.storage.revocation;

import io.triport.domain.identity.IdentityStateUnavailable;
import io.triport.domain.identity.RevocationList;
import io.triport.testkit.RevocationListContract;
import io.triport.testkit.SettableTicker;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/** Two nodes that follow one source, which may be cut off. */
public final class FollowedFixture implements RevocationListContract.Fixture {
    private static final Duration STEP = Duration.ofSeconds(1);

    private final SettableTicker ticker = new SettableTicker();
    private final Supplier<RevocationSource> source;
    private final Runnable reopening;
    private final Runnable closing;
    private volatile boolean cut;
    private FollowedRevocationList list;
    private FollowedRevocationList other;

    /** @param source asked at each call, so that it may be another one after {@code reopening} */
    public FollowedFixture(Supplier<RevocationSource> source, Runnable reopening, Runnable closing) {
        this.source = source;
        this.reopening = reopening;
        this.closing = closing;
        this.list = opened();
        this.other = opened();
    }

    @Override
    public RevocationList list() {
        return list;
    }

    @Override
    public RevocationList other() {
        return other;
    }

    @Override
    public void pass(Duration time) {
        for (var left = time; left.isPositive(); left = left.minus(STEP)) {
            ticker.advance(STEP);
            list.follow();
            other.follow();
        }
    }

    @Override
    public void cut() {
        cut = true;
    }

    @Override
    public void heal() {
        cut = false;
    }

    @Override
    public RevocationList reopen() {
        reopening.run();
        list = opened();
        other = opened();
        return list;
    }

    @Override
    public void close() {
        closing.run();
    }

    private FollowedRevocationList opened() {
        var opened = new FollowedRevocationList(new Cuttable(), ticker);
        opened.follow();
        return opened;
    }

    private final class Cuttable implements RevocationSource {
        @Override
        public long revision() {
            return reached().revision();
        }

        @Override
        public List<StoredRevocation> all() {
            return reached().all();
        }

        @Override
        public void keep(StoredRevocation revocation) {
            reached().keep(revocation);
        }

        @Override
        public long forget(long nowMillis) {
            return reached().forget(nowMillis);
        }

        private RevocationSource reached() {
            if (cut) {
                throw new IdentityStateUnavailable("the test cut the source off", new IllegalStateException("cut"));
            }
            return source.get();
        }
    }
}
