create table cancellation (order_number varchar(20) primary key);
