# Goes to protected mode, counts down from a hundred million, and ends QEMU through isa-debug-exit.
# LoopGuest.java holds the assembled bytes:
#   as --32 loop.s -o loop.o && ld -m elf_i386 --oformat binary -Ttext 0x7c00 loop.o -o loop.bin
.code16
.globl _start
_start:
  cli
  xorw %ax, %ax
  movw %ax, %ds
  lgdt descriptor
  movl %cr0, %eax
  orb $1, %al
  movl %eax, %cr0
  ljmp $8, $protected
.code32
protected:
  movw $16, %ax
  movw %ax, %ds
  movl $100000000, %ecx
1:
  decl %ecx
  jnz 1b
  movw $0xf4, %dx
  movb $0x2a, %al
  outb %al, %dx
2:
  hlt
  jmp 2b
.align 8
table:
  .quad 0
  .quad 0x00cf9a000000ffff
  .quad 0x00cf92000000ffff
descriptor:
  .word 23
  .long table
.org 510
.word 0xaa55
