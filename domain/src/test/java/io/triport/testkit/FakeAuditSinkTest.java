package io.triport.testkit;

import io.triport.domain.audit.AuditColumn;
import io.triport.domain.audit.AuditSink;
import java.util.List;

final class FakeAuditSinkTest extends AuditSinkContract {
    @Override
    protected Fixture create() {
        return new InMemory(new FakeAuditSink());
    }

    private record InMemory(FakeAuditSink memory) implements Fixture {
        @Override
        public AuditSink sink() {
            return memory;
        }

        @Override
        public List<String> kept() {
            return memory.records().stream()
                    .map(record ->
                            record.id() + "\t" + record.text(AuditColumn.PATH).orElse(""))
                    .toList();
        }

        @Override
        public boolean knowsIds() {
            return true;
        }

        @Override
        public boolean knowsLinks() {
            return false;
        }

        @Override
        public void close() {
            // Memory only: nothing to give back.
        }
    }
}
