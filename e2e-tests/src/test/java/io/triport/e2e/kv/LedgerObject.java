package io.triport.e2e.kv;

import io.triport.domain.durable.DurableObject;
import io.triport.domain.durable.ObjectAnswer;
import io.triport.domain.durable.ObjectContext;
import io.triport.domain.durable.ObjectEvent;
import io.triport.domain.durable.StateKey;
import io.triport.domain.request.Bytes;
import io.triport.domain.sql.Sql;
import io.triport.domain.sql.SqlValue;

/** Counts its turns twice: in its state, and by rows of 64 KiB in its database. Public, as providers have to be. */
public final class LedgerObject implements DurableObject {
    private static final StateKey COUNT = StateKey.of("count");
    private static final Sql TABLE = Sql.of("create table if not exists entry (no integer primary key, bytes blob)");
    private static final Sql ADD = Sql.of("insert into entry (bytes) values (randomblob(65536))");
    private static final Sql ROWS = Sql.of("select count(*) as rows from entry");

    @Override
    public ObjectAnswer handle(ObjectEvent event, ObjectContext context) {
        var count = context.state()
                .get(COUNT)
                .map(text -> Integer.parseInt(text.toUtf8()))
                .orElse(0);
        if (event.operation().startsWith("POST ")) {
            count++;
            context.state().put(COUNT, Bytes.utf8(Integer.toString(count)));
            context.sql().query(TABLE);
            context.sql().query(ADD);
        }
        var rows = (SqlValue.Whole) context.sql().query(ROWS).first("rows").orElseThrow();
        return new ObjectAnswer(Bytes.utf8(count + " in " + rows.number() + " rows"));
    }
}
