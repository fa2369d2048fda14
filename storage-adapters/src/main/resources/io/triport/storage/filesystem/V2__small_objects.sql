-- The bytes of objects whose rows name neither a file nor an upload. Beside the rows, so that a listing does not read them.
create table small_object (
    number integer primary key,
    content blob not null,
    checksum integer not null
);
