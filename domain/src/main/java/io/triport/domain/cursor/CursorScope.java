package io.triport.domain.cursor;

import io.triport.domain.request.Bytes;

/** The one listing that a cursor belongs to. @param arguments everything that the order or choice of rows depends on */
public record CursorScope(StoragePort port, String resource, Bytes arguments) {}
