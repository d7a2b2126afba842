# A guest in one boot sector: counts in memory, prints each number on the serial port and writes it
# to the disk. CounterGuest.java holds the assembled bytes:
#   as --32 counter.s -o counter.o && ld -m elf_i386 --oformat binary -Ttext 0x7c00 counter.o -o counter.bin
.code16
.globl _start
_start:
  xorw %ax, %ax
  movw %ax, %ds
  movw %ax, %es
  movw %ax, %ss
  movw $0x7c00, %sp
  movb %dl, drive
  movl $0, 0x600              # the counter
next:
  incl 0x600
  movl 0x600, %ebx
  movl %ebx, 0x1000           # first bytes of the sector that is written
  movw $8, %cx
digit:
  roll $4, %ebx
  movb %bl, %al
  andb $15, %al
  cmpb $10, %al
  jb decimal
  addb $39, %al
decimal:
  addb $48, %al
  call put
  loop digit
  movb $10, %al
  call put
  movl 0x600, %eax
  andl $0xfff, %eax
  addl $64, %eax              # 2 MiB of the disk, from sector 64 on, in turns
  movl %eax, lba
  movw $0x4300, %ax
  movb drive, %dl
  movw $packet, %si
  int $0x13
  jmp next
put:
  movw $0x3fd, %dx
  movb %al, %ah
wait:
  inb %dx, %al
  testb $0x20, %al
  jz wait
  movb %ah, %al
  movw $0x3f8, %dx
  outb %al, %dx
  ret
drive:
  .byte 0
  .align 4
packet:                       # disk address packet of INT 13h extensions
  .byte 16, 0
  .word 1
  .word 0x1000, 0
lba:
  .long 0, 0
.org 510
.word 0xaa55
