package io.triport.testkit;

import io.triport.domain.identity.RevocationList;
import java.time.Duration;

final class FakeRevocationListTest extends RevocationListContract {
    @Override
    protected Fixture create() {
        var ticker = new SettableTicker();
        var list = new FakeRevocationList(ticker);
        return new Fixture() {
            @Override
            public RevocationList list() {
                return list;
            }

            @Override
            public RevocationList other() {
                return list;
            }

            @Override
            public void pass(Duration time) {
                ticker.advance(time);
            }

            @Override
            public void cut() {
                list.cut();
            }

            @Override
            public void heal() {
                list.heal();
            }

            @Override
            public RevocationList reopen() {
                return list;
            }

            @Override
            public void close() {
                // Memory only: nothing to give back.
            }
        };
    }
}
