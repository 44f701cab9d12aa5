-- Run once, when PostgreSQL makes its empty data folder: kehoach's own database is there already, Prefect has its own.
CREATE DATABASE prefect;
