package io.triport.storage.durable;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.domain.durable.ObjectClass;
import io.triport.domain.durable.ObjectIds;
import io.triport.domain.durable.ObjectName;
import io.triport.domain.sql.SqlLimits;
import io.triport.domain.time.Ticker;
import io.triport.storage.memory.Memory;
import io.triport.storage.sql.SqlFiles;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WorkbenchTest {
    private static final ObjectClass TYPE = new ObjectClass("things");
    private static final Address ADDRESS = new Address(TYPE, new ObjectIds(TYPE).named(ObjectName.of("one")));

    @TempDir
    private Path directory;

    private ScratchDatabases databases = ScratchDatabases.none();

    @AfterEach
    void close() {
        databases.close();
    }

    @Test
    void a_database_outlives_a_tenure_when_nobody_else_had_the_object_in_between() {
        var workbench = workbench();
        workbench.claimed(tenure(1, 5));
        var first = workbench.stored(tenure(1, 5));

        workbench.claimed(tenure(1, 6));

        assertThat(workbench.stored(tenure(1, 6))).isSameAs(first);
    }

    @Test
    void a_database_does_not_outlive_a_tenure_of_somebody_else() {
        var workbench = workbench();
        workbench.claimed(tenure(1, 5));
        var first = workbench.stored(tenure(1, 5));
        workbench.claimed(tenure(1, 7));
        var second = workbench.stored(tenure(1, 7));
        workbench.claimed(tenure(2, 8));

        assertThat(second).isNotSameAs(first);
        assertThat(workbench.present()).isEmpty();
    }

    private Workbench workbench() {
        databases = SqlFiles.scratch(directory, SqlLimits.USUAL, Ticker.system());
        return new Workbench(Memory.states(), databases);
    }

    private static Tenure tenure(long session, long epoch) {
        return new Tenure(ADDRESS, session, epoch);
    }
}
